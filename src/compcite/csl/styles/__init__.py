"""Find the files of styles and locales, and read them into a typed tree."""
