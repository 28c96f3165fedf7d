//! The eventum_* JSON-RPC methods: only what is not in chain state
