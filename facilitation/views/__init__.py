"""What each viewpoint may see, one file per kind of thing."""
