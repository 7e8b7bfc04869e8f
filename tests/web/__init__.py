"""The pages, over HTTP as a browser without JavaScript would use them."""
