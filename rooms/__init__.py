"""The people of a session: who is here, who is where, who speaks, who sits with whom. Pure."""
