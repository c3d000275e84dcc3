"""What follows from the day as it was read: lines and tiles, rooms dealt to those who wait, a birth date as it was typed."""
