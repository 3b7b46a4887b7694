"""From hours to paper: who has earned a certificate, a person’s transcript, the page where a stranger checks one."""
