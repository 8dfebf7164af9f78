"""Importing: a foreign net becomes a design with its weights, proved equal or refused."""
