"""Floor 3. 公开主体: public bodies, their tree, names, groups, history and people."""
