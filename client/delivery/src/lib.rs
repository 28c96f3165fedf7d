//! Signed webhooks: retries, take-over and dead letters
