"""One module (or package) for each thing to look for; none of them knows another."""
