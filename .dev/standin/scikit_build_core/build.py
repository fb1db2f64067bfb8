# The name by which a source release asks for its build backend; see ../standin.py.
from standin import *
