"""The help: what a page says about a layer, a notion or a fault, as values that anybody draws."""
