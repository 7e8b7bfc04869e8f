"""Tests of how days are counted, how long periods are, and what is due."""
