-- Lets this session's commits return before they are on disk: for what a crash of the server may forget for a moment.
SET synchronous_commit TO off
