"""The standing pages: help, who can see what, blocked at your school, accessibility; and whether the portal is well."""
