"""What mentoring writes by itself and takes by mail: “You met”, “How did it go?”, the end of a month, and answers to them."""
