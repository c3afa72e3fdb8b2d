"""导入网站内容: the screens from an uploaded source to the list that is put forward."""
