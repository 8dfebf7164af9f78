"""The code panel: the generated PyTorch text, live."""
