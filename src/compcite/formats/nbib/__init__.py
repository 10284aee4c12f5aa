"""NBIB, the MEDLINE format in which PubMed exports citations, in and out."""
