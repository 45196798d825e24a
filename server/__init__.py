"""The world around the session: clock, sockets, HTTP, stores, files. May fail at any time."""
