"""A large inbox, read over HTTP: a part of it in the suite, the whole by `make inbox`."""
