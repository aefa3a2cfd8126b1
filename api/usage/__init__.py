"""How rooms were used in a period: what is asked, the stored sums, the bodies made of them."""
