"""Two fronts: the page where anybody checks a certificate, and a person's own hours from elsewhere."""

from flask import Blueprint

check = Blueprint("check", __name__, url_prefix="/c")
outside = Blueprint("outside", __name__, url_prefix="/me/elsewhere")
