"""What lies on disk: walking a folder, decoding a file, reading its front matter."""
