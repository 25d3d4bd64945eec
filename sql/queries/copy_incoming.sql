-- Lands documents, one a line.
COPY incoming (document) FROM STDIN
