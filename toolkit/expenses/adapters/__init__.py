"""The book in the words of other programs: hledger, beancount, spreadsheets."""
