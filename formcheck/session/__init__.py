"""The one loop, and what it decides: gate, counting, judging, cues, summary. Replayable: reads no clock."""
