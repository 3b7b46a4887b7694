"""Who is in the room: four equal ways (code, kiosk, paper, tick list) that end in the same rows of the ledger."""
