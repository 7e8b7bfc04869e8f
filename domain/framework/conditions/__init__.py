"""What each rule of the framework looks at: a function each, that gives the facts which satisfy it, or none."""
