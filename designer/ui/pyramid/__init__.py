"""The net as blocks of feature maps: space is squeezed out, depth grows."""
