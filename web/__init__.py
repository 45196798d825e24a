"""What people look at: pages, texts, and the browser's code."""
