"""A live session over a WebSocket: pictures come up, judged moments go down."""
