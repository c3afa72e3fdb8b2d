"""错链: links in what is public that lead nowhere; found every night, shown to those who must mend them."""
