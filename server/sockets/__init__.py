"""The sockets: Socket.IO towards browsers and plain clients, and nothing of what is said in a session."""
