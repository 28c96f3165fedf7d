// SPDX-License-Identifier: Apache-2.0

//! What was measured on this runtime by `scripts/weights.sh`.
