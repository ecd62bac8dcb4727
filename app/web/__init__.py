"""The pages in the browser. The only package that imports streamlit."""
