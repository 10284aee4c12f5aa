"""What strangers may send: no input stops a run, and none makes it say what is not so."""
