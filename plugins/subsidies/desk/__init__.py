"""Rules of aid that consultants draft, try, publish from a day and withdraw."""
