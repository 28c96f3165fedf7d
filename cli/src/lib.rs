//! The eventum command: markets, feeds, validation nodes and replays of recorded votes
