a
o
e
