"""The crowd: simulated people with real connections, who react to what they are shown. For demos and rehearsals.

It runs in a process of its own, `python -m server.crowd`, and knows nothing of the house but the protocol.
"""
