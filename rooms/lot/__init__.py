"""The lot: who is drawn from a list, so that everybody can check it afterwards."""
