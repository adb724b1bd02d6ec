"""DOCX and XLSX: zip containers of XML, opened without trust."""
