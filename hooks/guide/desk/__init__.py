"""What an editor does at the desk: check, begin an entry, add a work, keep the ledger."""
