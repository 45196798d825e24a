"""The session: what is asked, decided and shown. Pure: no clock, no chance, no network."""
