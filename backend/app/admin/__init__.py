"""What the operator of an installation sees: whether it is alive and ready."""
