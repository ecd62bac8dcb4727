"""What words say: titles, numbers, durations, fields, sentences; nothing here knows a document's layout."""
