"""Convnet Designer: design, check, train and export convolutional networks."""
