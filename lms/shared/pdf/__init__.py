"""What all our PDF files share: the typefaces and the QR code. Plain Python: no Django."""
