"""Pictures in the text of an article: taken in, named in the text by their content, shown as long as that is open."""
