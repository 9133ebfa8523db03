"""What a media file is, told from its bytes and never from its name. Plain Python."""
