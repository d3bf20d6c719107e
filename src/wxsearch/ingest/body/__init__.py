"""Where on a page the text of its article stands, and whether there is one."""
