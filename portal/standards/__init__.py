"""Curriculum standards (NGSS, Common Core, England, CSTA, Oregon…): imported data, found by code or by words."""
